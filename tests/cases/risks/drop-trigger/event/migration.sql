drop event trigger watch;
