/**
 * Loaded into the receiver's process before `steady` (`node --import`): ends it when the process that started it is gone,
 * however it went. Without it a killed demo would leave a receiver behind that holds the database.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
