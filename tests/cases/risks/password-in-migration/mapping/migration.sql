create user mapping for clerk server warehouse options (user 'a', password 'secret');
