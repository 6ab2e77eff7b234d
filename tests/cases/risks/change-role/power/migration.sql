create role boss superuser;
