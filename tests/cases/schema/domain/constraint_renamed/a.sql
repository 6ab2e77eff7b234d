create domain word as text constraint one check (value <> '');
