create text search dictionary plain (template = simple, accept = false, stopwords = english);
alter text search dictionary plain owner to case_owner;
comment on text search dictionary plain is 'p';
