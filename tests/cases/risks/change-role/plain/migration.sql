create role clerk nologin;
