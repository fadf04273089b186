export const ru = {
  own: 'Мои',
  shared: 'Общие',
  save: 'Сохранить как вид…',
  name: 'Название',
  share: 'Виден всем',
  delete: 'Удалить «{{name}}»',
  views: 'Виды',
}
