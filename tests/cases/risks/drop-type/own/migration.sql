create type mood as enum ('sad');
drop type mood;
