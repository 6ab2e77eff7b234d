create text search dictionary plain (template = simple);

create text search configuration mine (copy = simple);
