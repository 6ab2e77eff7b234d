drop subscription feed;
