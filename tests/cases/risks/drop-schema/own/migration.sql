create schema stage;
drop schema stage;
