META
key;value
description;Neulbom 2026, by grades
num_projects;3
num_votes;3
budget;100.30
vote_type;scoring
rule;greedy
PROJECTS
project_id;cost;name
x;50.10;Fountain
y;50.20;Sundial
z;0.01;Signpost
VOTES
voter_id;vote;points
1;x,y;0.1,0.3
2;x;0.2
3;z,y;0.05,0
