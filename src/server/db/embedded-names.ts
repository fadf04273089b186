/** Owner of the embedded database and of everything in it. */
export const ownerName = 'kartoteka'
export const databaseName = 'kartoteka'
