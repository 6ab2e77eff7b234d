create type address as (street text, town text);
alter type address drop attribute street;
