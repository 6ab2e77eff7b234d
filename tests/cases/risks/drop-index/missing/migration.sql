drop index if exists number_once;
