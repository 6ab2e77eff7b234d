create schema keep;

create schema scrap;
