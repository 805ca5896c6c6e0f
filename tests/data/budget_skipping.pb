META
key;value
description;Riverside and Old Town
unit;Neulbom
instance;2025
num_projects;5
num_votes;7
budget;1000.50
vote_type;approval
rule;greedy-threshold
date_begin;02.09.2024
date_end;15.09.2024
min_project_score_threshold;2
language;en
currency;EUR
PROJECTS
project_id;cost;votes;name;category;target;district
OGM/0001;600.25;4;Bandstand by the river;culture,music;adults,seniors;Riverside
OGM/0002;500;3;New roof for the skating rink;sport;children;Old Town
OGM/0003;400.25;3;Benches at the market;public space;seniors;Old Town
OGM/0004;300;2;Footbridge lights;safety;everybody;Riverside
OGM/0005;0.50;1;Nest boxes;nature;children;Riverside
VOTES
voter_id;vote;age;sex;voting_method
v1;OGM/0001,OGM/0002;34;F;internet
v2;OGM/0002,OGM/0001;51;M;paper
v3;OGM/0001,OGM/0003;19;F;internet
v4;OGM/0001,OGM/0003;67;M;internet
v5;OGM/0003,OGM/0002;28;F;paper
v6;OGM/0004,OGM/0005;45;M;internet
v7;OGM/0004;72;F;paper
