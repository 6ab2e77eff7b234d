drop table "Odd ""Name";
