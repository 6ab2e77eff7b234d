alter table days attach partition d for values from ('2022-01-01') to ('2023-01-01');
