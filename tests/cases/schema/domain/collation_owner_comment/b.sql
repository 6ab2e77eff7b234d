create domain word as text;

comment on domain word is 'a word';
alter domain word owner to case_owner;
alter domain word add constraint short check (length(value) < 10);
comment on constraint short on domain word is 'ten letters';
