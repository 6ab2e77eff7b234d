drop owned by clerk cascade;
