create type e as enum ('it''s', 'two words', '', 'back\slash', '"quoted"', 'ñ');
