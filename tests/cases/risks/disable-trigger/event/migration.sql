alter event trigger watch disable;
