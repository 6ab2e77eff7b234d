create domain word as text constraint two check (value <> '');
