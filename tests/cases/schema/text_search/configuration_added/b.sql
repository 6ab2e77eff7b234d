create table doc (id int primary key, body text);

create text search dictionary plain (template = simple, stopwords = english, accept = false);
create text search configuration mine (copy = simple);
alter text search configuration mine alter mapping for asciiword, word with plain, simple;
create index doc_body on doc using gin (to_tsvector('public.mine', body));
comment on text search configuration mine is 'ours';
