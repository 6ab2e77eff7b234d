drop publication feed;
