create function f(a int) returns int language sql as 'select a';
create procedure p() language sql as 'select 1';
create function w() returns int language internal window as 'window_row_number';
