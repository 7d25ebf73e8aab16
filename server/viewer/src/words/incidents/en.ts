// What reports are about and how serious it is, for the form and for the map.
export const incidents = {
  catBridge: 'Bridge',
  catDamage: 'Damaged building',
  catDisplaced: 'People displaced',
  catFire: 'Fire',
  catFlood: 'Flood',
  catFood: 'Food',
  catHealth: 'Health',
  catInjury: 'People injured',
  catLandslide: 'Landslide',
  catMine: 'Mine or unexploded bomb',
  catMissing: 'People missing',
  catOther: 'Something else',
  catPower: 'Electricity',
  catRoad: 'Road blocked',
  catShelter: 'Shelter',
  catViolence: 'Violence',
  catWater: 'Water',
  sevExtreme: 'Extreme',
  sevMinor: 'Minor',
  sevModerate: 'Moderate',
  sevSevere: 'Severe',
  sevUnknown: 'Not known',
};

export type Incidents = Record<keyof typeof incidents, string>;
