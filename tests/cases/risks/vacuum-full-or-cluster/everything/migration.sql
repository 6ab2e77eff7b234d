vacuum full;
