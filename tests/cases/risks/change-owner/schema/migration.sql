alter schema sales owner to clerk;
