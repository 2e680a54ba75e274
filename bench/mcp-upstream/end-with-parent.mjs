// Loaded into a program of somebody else's: it ends with the bench, however that one ended.
process.on('disconnect', () => process.exit());
