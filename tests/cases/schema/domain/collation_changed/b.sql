create domain word as text collate "POSIX";
