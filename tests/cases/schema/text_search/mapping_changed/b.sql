create text search dictionary plain (template = simple);

create text search configuration mine (copy = simple);
alter text search configuration mine alter mapping for word with plain;
alter text search configuration mine drop mapping for url;
