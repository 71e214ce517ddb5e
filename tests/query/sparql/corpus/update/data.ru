PREFIX : <http://e/>
INSERT DATA { :x :p "1"^^:t , _:n . GRAPH :g { :x a [ :q ( 1 2 ) ] } } ;
DELETE DATA { GRAPH :h { :a :p :b } } ;
DELETE WHERE { ?s :p ?o . GRAPH ?g { ?s :p ?o } }
