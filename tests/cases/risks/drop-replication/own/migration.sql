create publication feed;
drop publication feed;
