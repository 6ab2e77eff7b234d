create schema billing;

alter schema billing owner to case_owner;
