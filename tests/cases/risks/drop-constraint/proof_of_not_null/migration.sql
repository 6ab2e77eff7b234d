alter table orders drop constraint n_there;
