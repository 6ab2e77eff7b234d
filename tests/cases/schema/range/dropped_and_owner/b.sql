create type kept as range (subtype = text, collation = "C");

alter type kept owner to case_owner;
comment on type kept is 'of words';
