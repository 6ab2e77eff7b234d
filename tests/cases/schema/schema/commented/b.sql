create schema billing;

comment on schema billing is 'money in, money out';
