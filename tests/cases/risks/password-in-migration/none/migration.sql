create user mapping for clerk server warehouse options (user 'a');
create role clerk login password null;
