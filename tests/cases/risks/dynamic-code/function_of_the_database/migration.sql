select hello();
select wipe();
