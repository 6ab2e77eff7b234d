grant boss to clerk;
