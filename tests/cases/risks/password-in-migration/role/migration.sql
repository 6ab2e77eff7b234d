create role clerk login password 'secret';
