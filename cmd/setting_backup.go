package cmd

import (
	"path/filepath"

	"github.com/mathmuseums/mathmuseums/app/backup"
)

const (
	backupToFlag   = "to"
	backupKeepFlag = "keep"
	defaultKeep    = 5
)

// backupSettings say where backups go and which are kept. They are settings, not flags alone, so that a backup that is
// asked for by its address goes to the same place.
var backupSettings = []setting{
	{prefix + "BACKUP_TO", backupToFlag, "folder for backups, best on another disk; where it is not absolute it lies in the data folder;\n" +
		"or a bucket: s3://bucket/backups?endpoint=https://host&region=name",
		text("backups"), readBackupTo, nil},
	{prefix + "BACKUP_KEEP", backupKeepFlag, "how many of the newest backups are kept",
		number(defaultKeep), readCount(1, func(c *Config) *int { return &c.BackupKeep.Newest }), nil},
	{prefix + "BACKUP_KEEP_DAILY", "keep-daily", "for how many days the last backup of a day is kept besides",
		number(0), readCount(0, func(c *Config) *int { return &c.BackupKeep.Daily }), nil},
	{prefix + "BACKUP_KEEP_WEEKLY", "keep-weekly", "for how many weeks the last backup of a week is kept besides",
		number(0), readCount(0, func(c *Config) *int { return &c.BackupKeep.Weekly }), nil},
	{prefix + "BACKUP_KEEP_MONTHLY", "keep-monthly", "for how many months the last backup of a month is kept besides",
		number(0), readCount(0, func(c *Config) *int { return &c.BackupKeep.Monthly }), nil},
}

func readBackupTo(c *Config, text string) error {
	c.BackupTo = text
	if backup.IsBucket(text) {
		_, err := backup.OpenBucket(text, backup.Keys{}, backup.Folder{})
		return err
	}
	return nil
}

// backupPlace is where backups go.
func (c *Config) backupPlace() (backup.Place, error) {
	if backup.IsBucket(c.BackupTo) {
		return backup.OpenBucket(c.BackupTo, c.BucketKeys, backup.Folder{Path: c.DataDir})
	}
	return backup.Folder{Path: c.backupFolder()}, nil
}

// backupFolder is the folder for backups. One given to a command is found from where that runs; one in the settings, which
// are read from many places, from the data folder.
func (c *Config) backupFolder() string {
	folder := c.BackupTo
	switch {
	case filepath.IsAbs(folder):
		return folder
	case c.source(backupToFlag) == sourceFlag:
		if found, err := filepath.Abs(folder); err == nil {
			return found
		}
	}
	return filepath.Join(c.DataDir, folder)
}
