export default {
  'missing': 'Esta página no existe',
  'missing.why': 'No hay nada en esta dirección. Compruebe que está bien escrita.',
  'missing.floor': 'Ir a la sala',
};
