create sequence thing;
