create type e as enum ('it''s', 'two words', '');
