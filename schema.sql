-- The whole schema of a museum's database, as it is now. A new database is made from this file in one transaction.
--
-- Times are UTC microseconds since 1970. Booleans are 0 or 1. Texts are UTF-8 and hold no NUL.

-- Which museum this is: one row, written with the database and never changed. A backup or replica that is put back keeps it.
create table museum (
	id             text    primary key check (length(id) >= 16)
);
insert into museum (id) values (lower(hex(randomblob(16))));

-- Who can sign in. An account is made by its first right code, or by createsuperuser.
create table users (
	id             integer primary key autoincrement, -- the number of a deleted account is not given away again
	email          text    not null unique check (email = lower(email) and length(email) between 3 and 254),
	mailbox        text    not null,                             -- as its owner writes it: mail goes there
	display_name   text    not null default '',
	password_hash  text    not null default '',                     -- superusers only, and not all of them
	is_active      integer not null default 1 check (is_active    in (0, 1)),
	is_staff       integer not null default 0 check (is_staff     in (0, 1)),
	is_superuser   integer not null default 0 check (is_superuser in (0, 1)),
	date_joined    integer not null,
	last_login     integer,
	revision       integer not null default 0, -- grows by one with each kept change of a tile or the preferences
	stamp          text    not null default '', -- another one, unlike any before, with each of these changes
	history_bytes  integer not null default 0, -- what the rows of tile_versions and history_parts take up, see there
	check (password_hash = '' or is_superuser = 1)
);

-- The open codes of an address: for each purpose one for each browser that asked, and one that was issued by hand. A new one
-- takes the place of the older. The code itself is not kept.
create table codes (
	email          text    not null,
	purpose        text    not null check (purpose in ('sign-in', 'deletion')),
	issued         integer not null check (issued in (0, 1)),  -- by hand, for whatever browser
	browser        blob    not null,                           -- hash of the browser that asked; empty: none did
	is_known       integer not null check (is_known in (0, 1)), -- that browser had signed in as this address before
	mailbox        text    not null,
	hash           blob    not null check (length(hash) = 32), -- keyed, see app.HashCode
	created_at     integer not null,
	expires_at     integer not null check (expires_at > created_at),
	tries_here     integer not null check (tries_here >= 0),   -- left for the browser that asked
	tries_away     integer not null check (tries_away >= 0),   -- left for all others together
	primary key (email, purpose, issued, browser)
);
create index codes_expires_at on codes (expires_at);

-- Who is signed in, and where. The cookie holds the token, the table its hash.
create table sessions (
	id             integer primary key,
	hash           blob    not null unique check (length(hash) = 32),
	user_id        integer not null references users (id) on delete cascade,
	created_at     integer not null,
	last_seen_at   integer not null,
	expires_at     integer not null,
	user_agent     text    not null default '',
	address        text    not null default ''
);
create index sessions_user_id    on sessions (user_id);
create index sessions_expires_at on sessions (expires_at);

-- What a student hangs in the museum: one tile of each concept type. A deleted one stays as a tombstone, so that other
-- devices hear of it.
create table tiles (
	id             integer primary key,
	user_id        integer not null references users (id) on delete cascade,
	concept_type   text    not null check (concept_type in (
		'linear', 'quadratic', 'cubic', 'polynomial', 'square_root', 'cube_root',
		'absolute_value', 'rational', 'exponential', 'logarithmic', 'trigonometric', 'piecewise')),
	position_x     integer not null default 0   check (position_x between -2147483648 and 2147483647),
	position_y     integer not null default 0   check (position_y between -2147483648 and 2147483647),
	width          integer not null default 250 check (width      between -2147483648 and 2147483647),
	height         integer not null default 200 check (height     between -2147483648 and 2147483647),
	z_index        integer not null default 0   check (z_index    between -2147483648 and 2147483647),
	desmos_state   text    not null default '{}', -- JSON as it came, never decoded here
	description    text    not null default '',
	completed      integer not null default 0 check (completed in (0, 1)),
	version        integer not null default 1 check (version >= 1), -- one more with each kept change
	created_at     integer not null,
	updated_at     integer not null,
	last_synced    integer not null, -- what older clients compare; not to be trusted, their clocks wrote it
	deleted_at     integer,
	revision            integer not null default 0, -- users.revision when it was last changed
	description_version integer not null default 0, -- with which version the description was last changed; 0: never
	state_version       integer not null default 0, -- likewise the graph state
	item_versions       text    not null default '{}' -- likewise each item of the state: JSON, see app.ItemVersions
);
create unique index tiles_user_id_concept_type on tiles (user_id, concept_type) where deleted_at is null;
create index        tiles_user_id_revision     on tiles (user_id, revision);
create index        tiles_user_id_type_version on tiles (user_id, concept_type, version);

-- Every version a tile had, the present one too; edits of one session within a minute share an entry.
create table tile_versions (
	tile_id        integer not null references tiles (id) on delete cascade,
	version        integer not null check (version >= 1),
	concept_type   text    not null,
	position_x     integer not null,
	position_y     integer not null,
	width          integer not null,
	height         integer not null,
	z_index        integer not null,
	desmos_state   text    not null, -- as in tiles, but for photos: see history_parts
	description    text    not null,
	completed      integer not null check (completed in (0, 1)),
	deleted        integer not null default 0 check (deleted in (0, 1)),
	saved_at       integer not null, -- when the entry was begun
	revision       integer not null default 0, -- users.revision when it was saved
	session_id     integer not null, -- which device saved it; that session may be over by now
	device         text    not null default '', -- its user agent, for people
	conflict       integer not null default 0 check (conflict in (0, 1, 2)), -- it lost one: 1 to be settled, 2 settled
	bytes          integer not null default 0, -- what it counts for in users.history_bytes
	primary key (tile_id, version)
);
create index tile_versions_conflict on tile_versions (tile_id) where conflict = 1;
create index tile_versions_bytes    on tile_versions (tile_id, bytes); -- finds a text again without reading them all

-- Photos that older clients put into graph states: in the states of versions and tombstones a mark with the hash stands in their
-- place, so that each is kept once, however many versions show it.
create table history_parts (
	id             integer primary key,
	user_id        integer not null references users (id) on delete cascade,
	hash           blob    not null check (length(hash) = 32), -- SHA-256 of the content
	content        text    not null, -- in the letters of its JSON
	bytes          integer not null,
	unique (user_id, hash)
);

-- Which versions show such a photo.
create table tile_version_parts (
	tile_id        integer not null,
	version        integer not null,
	part_id        integer not null references history_parts (id),
	primary key (tile_id, version, part_id),
	foreign key (tile_id, version) references tile_versions (tile_id, version) on delete cascade
) without rowid;
create index tile_version_parts_part_id on tile_version_parts (part_id);

-- The changes that devices sent, and what became of them: one that is sent again has no second effect.
create table sync_changes (
	user_id        integer not null references users (id) on delete cascade,
	change_id      text    not null check (length(change_id) between 8 and 64),
	tile_id        integer not null,
	version        integer not null,           -- the tile's after it
	conflict       integer not null default 0, -- the version that lost against it, 0 for none
	saved_at       integer not null,
	primary key (user_id, change_id)
) without rowid;
create index sync_changes_saved_at on sync_changes (saved_at);

-- From which revision on a run of the program wrote a user's museum. A device says in which run it has seen what it knows:
-- where that is not in here, or went on for longer than in here, the database was put back to an older day.
create table user_epochs (
	user_id        integer not null references users (id) on delete cascade,
	since          integer not null, -- the first users.revision of it
	epoch          text    not null, -- the name of the run, unlike any other
	began_at       integer not null,
	primary key (user_id, since)
) without rowid;
create index user_epochs_began_at on user_epochs (began_at);

-- How a student likes the museum: at most one row each.
create table preferences (
	id                 integer primary key,
	user_id            integer not null unique references users (id) on delete cascade,
	disable_onboarding integer not null default 0 check (disable_onboarding in (0, 1)),
	image_skill        integer not null default 0 check (image_skill in (0, 1)),
	theme_preference   text    not null default 'light' check (length(theme_preference) between 1 and 20),
	museum_name        text    not null default '' check (length(museum_name) <= 100),
	screen_fit         integer not null default 1 check (screen_fit in (0, 1)), -- the whole poster on one screen
	version            integer not null default 1 check (version >= 1),
	revision           integer not null default 0, -- users.revision when they were last changed
	created_at         integer not null,
	updated_at         integer not null
);

-- Counters that must hold over several processes and restarts, such as wrong codes a day.
create table throttles (
	kind           text    not null, -- what is counted, see app/store/throttle.go
	subject        text    not null, -- for whom: an address, a mailbox or a network; empty: the whole museum
	browser        blob    not null, -- hash of the browser that has a count of its own; empty: all others together
	count          integer not null check (count >= 0),
	expires_at     integer not null, -- then it starts anew
	primary key (kind, subject, browser)
) without rowid;
create index throttles_expires_at on throttles (expires_at);

-- Photos, each kept once whoever has it, and gone with its last owner. Their bytes are in image_chunks.
create table images (
	id             integer primary key,
	sha256         blob    not null unique check (length(sha256) = 32),
	media_type     text    not null check (media_type in ('image/png', 'image/jpeg', 'image/webp', 'image/gif')),
	size           integer not null check (size > 0), -- bytes
	width          integer not null check (width  > 0),
	height         integer not null check (height > 0),
	created_at     integer not null
);

-- The bytes of photos, in pieces, so that nobody needs a whole photo in memory to send it.
create table image_chunks (
	image_id       integer not null references images (id) on delete cascade,
	position       integer not null check (position >= 0), -- of the first byte; each but the last has app.ImagePartSize
	bytes          blob    not null,
	primary key (image_id, position)
);

-- Who has a photo: who has sent all of its bytes. Knowing its name is not enough.
create table image_owners (
	user_id        integer not null references users (id) on delete cascade,
	image_id       integer not null references images (id) on delete cascade,
	checked_at     integer not null, -- when it was last looked whether a tile or a kept version shows it
	unused_since   integer,          -- since when none does, as far as was looked
	unused_checks  integer not null default 0, -- looks since then at which the owner's museum had been written to
	seen_revision  integer not null default 0, -- users.revision when it was last looked
	primary key (user_id, image_id)
) without rowid;
create index image_owners_image_id   on image_owners (image_id);
create index image_owners_checked_at on image_owners (checked_at);

-- What has arrived of photos that are sent in parts. It is the sender's alone, until all is there.
create table image_parts (
	user_id        integer not null references users (id) on delete cascade,
	sha256         blob    not null check (length(sha256) = 32),
	position       integer not null check (position >= 0), -- of the first byte
	total          integer not null check (total > 0),     -- size of the whole photo
	size           integer not null,                       -- of this part
	bytes          blob    not null,
	arrived_at     integer not null,
	primary key (user_id, sha256, position)
);
create index image_parts_arrived_at on image_parts (arrived_at);

-- Who did what to whom. Users are named by their numbers, which are not given away again, so that a deleted one stays
-- without a name.
create table audit_events (
	id             integer primary key,
	at             integer not null,
	actor_id       integer,                   -- null: nobody who is signed in
	action         text    not null,          -- see app.Action
	subject_id     integer,                   -- the user whom it concerns
	subject        text    not null default '', -- what it concerns, where that is no user: an address that was tried
	address        text    not null default ''  -- network address
);
create index audit_events_at         on audit_events (at);
create index audit_events_actor_id   on audit_events (actor_id);
create index audit_events_subject_id on audit_events (subject_id);
create index audit_events_subject    on audit_events (subject) where subject <> '';
