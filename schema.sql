-- The current schema of a museum's database. A new database is created from this file in one transaction.
--
-- Times are UTC microseconds since 1970. Booleans are 0 or 1. Texts are UTF-8 and hold no NUL.

-- The identity of the museum: one row, written with the database and never changed. A restored backup or replica keeps it.
create table museum (
	id             text    primary key check (length(id) >= 16)
);
insert into museum (id) values (lower(hex(randomblob(16))));

-- Accounts. An account is created by its first right code, or by createsuperuser.
create table users (
	id             integer primary key autoincrement, -- never reused
	email          text    not null unique check (email = lower(email) and length(email) between 3 and 254),
	mailbox        text    not null,                             -- as its owner writes it; mail goes there
	display_name   text    not null default '',
	password_hash  text    not null default '',                     -- optional, superusers only
	is_active      integer not null default 1 check (is_active    in (0, 1)),
	is_staff       integer not null default 0 check (is_staff     in (0, 1)),
	is_superuser   integer not null default 0 check (is_superuser in (0, 1)),
	date_joined    integer not null,
	last_login     integer,
	revision       integer not null default 0, -- grows by one with each kept change of a tile or the preferences
	stamp          text    not null default '', -- random, renewed with each revision; see app/store/epoch.go
	history_bytes  integer not null default 0, -- size of the user's tile_versions and history_parts, see their bytes
	check (password_hash = '' or is_superuser = 1)
);

-- Open codes of an address: for each purpose one per browser that asked, and one that was issued by hand. A new code replaces
-- the older one. Only a hash of the code is stored.
create table codes (
	email          text    not null,
	purpose        text    not null check (purpose in ('sign-in', 'deletion')),
	issued         integer not null check (issued in (0, 1)),  -- by hand, valid in every browser
	browser        blob    not null,                           -- hash of the browser that asked; empty if issued by hand
	is_known       integer not null check (is_known in (0, 1)), -- the browser had signed in as this address before
	mailbox        text    not null,
	hash           blob    not null check (length(hash) = 32), -- keyed, see app.HashCode
	created_at     integer not null,
	expires_at     integer not null check (expires_at > created_at),
	tries_here     integer not null check (tries_here >= 0),   -- left for the browser that asked
	tries_away     integer not null check (tries_away >= 0),   -- left for all other browsers together
	primary key (email, purpose, issued, browser)
);
create index codes_expires_at on codes (expires_at);

-- Sessions of signed-in browsers. The cookie holds the token, the table its hash.
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

-- The tiles of a museum, at most one of each concept type. A deleted tile stays as a tombstone, so that other devices learn
-- of it.
create table tiles (
	id             integer primary key,
	user_id        integer not null references users (id) on delete cascade,
	concept_type   text    not null, -- a family of functions; checked by the program
	position_x     integer not null default 0   check (position_x between -2147483648 and 2147483647),
	position_y     integer not null default 0   check (position_y between -2147483648 and 2147483647),
	width          integer not null default 250 check (width      between -2147483648 and 2147483647),
	height         integer not null default 200 check (height     between -2147483648 and 2147483647),
	z_index        integer not null default 0   check (z_index    between -2147483648 and 2147483647),
	desmos_state   text    not null default '{}', -- JSON as it was received, stored without decoding
	description    text    not null default '',
	completed      integer not null default 0 check (completed in (0, 1)),
	version        integer not null default 1 check (version >= 1), -- grows by one with each kept change
	created_at     integer not null,
	updated_at     integer not null,
	last_synced    integer not null, -- for older clients, which compare it; written by their clocks, so not to be trusted
	deleted_at     integer,
	revision            integer not null default 0, -- users.revision at the last change
	description_version integer not null default 0, -- version that last changed the description; 0: none
	state_version       integer not null default 0, -- likewise the graph state
	item_versions       text    not null default '{}' -- likewise each item of the state: JSON, see app.ItemVersions
);
create unique index tiles_user_id_concept_type on tiles (user_id, concept_type) where deleted_at is null;
create index        tiles_user_id_revision     on tiles (user_id, revision);
create index        tiles_user_id_type_version on tiles (user_id, concept_type, version);

-- The history of tiles, current versions included. Edits of one session within a minute share an entry.
create table tile_versions (
	tile_id        integer not null references tiles (id) on delete cascade,
	version        integer not null check (version >= 1),
	concept_type   text    not null,
	position_x     integer not null,
	position_y     integer not null,
	width          integer not null,
	height         integer not null,
	z_index        integer not null,
	desmos_state   text    not null, -- as in tiles, with large photos replaced: see history_parts
	description    text    not null,
	completed      integer not null check (completed in (0, 1)),
	deleted        integer not null default 0 check (deleted in (0, 1)),
	saved_at       integer not null, -- when the entry was created
	revision       integer not null default 0, -- users.revision when it was saved
	session_id     integer not null, -- session that saved it, which may be over by now
	device         text    not null default '', -- user agent, for display
	conflict       integer not null default 0 check (conflict in (0, 1, 2)), -- it lost a conflict: 1 open, 2 settled
	bytes          integer not null default 0, -- what it counts for in users.history_bytes
	primary key (tile_id, version)
);
create index tile_versions_conflict on tile_versions (tile_id) where conflict = 1;
create index tile_versions_bytes    on tile_versions (tile_id, bytes); -- finds an equal text without reading all of them

-- Photos that older clients embed in graph states. In the states of versions and tombstones a mark with the hash replaces
-- them, so that each photo is stored once, however many versions show it.
create table history_parts (
	id             integer primary key,
	user_id        integer not null references users (id) on delete cascade,
	hash           blob    not null check (length(hash) = 32), -- SHA-256 of the content
	content        text    not null, -- in its JSON encoding
	bytes          integer not null,
	unique (user_id, hash)
);

-- The versions that show such a photo.
create table tile_version_parts (
	tile_id        integer not null,
	version        integer not null,
	part_id        integer not null references history_parts (id),
	primary key (tile_id, version, part_id),
	foreign key (tile_id, version) references tile_versions (tile_id, version) on delete cascade
) without rowid;
create index tile_version_parts_part_id on tile_version_parts (part_id);

-- Changes that devices sent, with their outcome: a repeated change has no second effect.
create table sync_changes (
	user_id        integer not null references users (id) on delete cascade,
	change_id      text    not null check (length(change_id) between 8 and 64),
	tile_id        integer not null,
	version        integer not null,           -- of the tile after the change
	conflict       integer not null default 0, -- the version that lost against it, 0 for none
	saved_at       integer not null,
	primary key (user_id, change_id)
) without rowid;
create index sync_changes_saved_at on sync_changes (saved_at);

-- The revisions from which runs of the program (epochs) wrote a user's museum. A device names the epoch of what it knows: if
-- that epoch is not here, or ended earlier here, the database was set back. See app/store/epoch.go.
create table user_epochs (
	user_id        integer not null references users (id) on delete cascade,
	since          integer not null, -- its first users.revision
	epoch          text    not null, -- unique name of the run
	began_at       integer not null,
	primary key (user_id, since)
) without rowid;
create index user_epochs_began_at on user_epochs (began_at);

-- Personal settings, at most one row per user.
create table preferences (
	id                 integer primary key,
	user_id            integer not null unique references users (id) on delete cascade,
	disable_onboarding integer not null default 0 check (disable_onboarding in (0, 1)),
	image_skill        integer not null default 0 check (image_skill in (0, 1)),
	theme_preference   text    not null default 'light' check (length(theme_preference) between 1 and 20),
	museum_name        text    not null default '' check (length(museum_name) <= 100),
	screen_fit         integer not null default 1 check (screen_fit in (0, 1)), -- fit the whole poster on the screen
	version            integer not null default 1 check (version >= 1),
	revision           integer not null default 0, -- users.revision at the last change
	created_at         integer not null,
	updated_at         integer not null
);

-- Rate limits that several processes share and restarts keep, such as wrong codes per day.
create table throttles (
	kind           text    not null, -- what is counted, see app/store/throttle.go
	subject        text    not null, -- an address, a mailbox or a network; empty: the whole museum
	browser        blob    not null, -- hash of a browser with a counter of its own; empty: all others
	count          integer not null check (count >= 0),
	expires_at     integer not null, -- when the counter restarts
	primary key (kind, subject, browser)
) without rowid;
create index throttles_expires_at on throttles (expires_at);

-- Photos. Each is stored once for all its owners, and deleted with the last of them. The bytes are in image_chunks.
create table images (
	id             integer primary key,
	sha256         blob    not null unique check (length(sha256) = 32),
	media_type     text    not null check (media_type in ('image/png', 'image/jpeg', 'image/webp', 'image/gif')),
	size           integer not null check (size > 0), -- bytes
	width          integer not null check (width  > 0),
	height         integer not null check (height > 0),
	created_at     integer not null
);

-- The bytes of photos, in pieces, so that sending one does not need all of it in memory.
create table image_chunks (
	image_id       integer not null references images (id) on delete cascade,
	position       integer not null check (position >= 0), -- of the first byte; all but the last have app.ImagePartSize
	bytes          blob    not null,
	primary key (image_id, position)
);

-- Owners of photos: users who have sent all the bytes. Knowing the hash is not enough.
create table image_owners (
	user_id        integer not null references users (id) on delete cascade,
	image_id       integer not null references images (id) on delete cascade,
	checked_at     integer not null, -- last check whether a tile or a kept version shows it
	unused_since   integer,          -- first check at which none did
	unused_checks  integer not null default 0, -- checks since then at which the owner's museum had changed
	seen_revision  integer not null default 0, -- users.revision at the last check
	primary key (user_id, image_id)
) without rowid;
create index image_owners_image_id   on image_owners (image_id);
create index image_owners_checked_at on image_owners (checked_at);

-- Parts of photos whose upload is not complete. They belong to the sender alone.
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

-- The audit log: who did what to whom. Users are recorded by number, which is never reused, so that deleted users stay
-- anonymous.
create table audit_events (
	id             integer primary key,
	at             integer not null,
	actor_id       integer,                   -- null: not signed in
	action         text    not null,          -- see app.Action
	subject_id     integer,                   -- the user concerned
	subject        text    not null default '', -- if no user is concerned: the address that was tried
	address        text    not null default ''  -- network address
);
create index audit_events_at         on audit_events (at);
create index audit_events_actor_id   on audit_events (actor_id);
create index audit_events_subject_id on audit_events (subject_id);
create index audit_events_subject    on audit_events (subject) where subject <> '';
