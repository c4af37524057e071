create table houses (id int primary key, name text not null);
