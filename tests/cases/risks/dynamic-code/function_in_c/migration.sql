create function strange() returns void language c as 'lib', 'sym';
select strange();
